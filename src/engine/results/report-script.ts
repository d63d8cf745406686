/** Makes the heads of the table of units buttons that sort it. The report is whole without it. */
export const reportScript = `
for (const table of document.querySelectorAll('table.sortable')) {
  const heads = [...table.querySelectorAll('thead th')];
  const body = table.tBodies[0];
  heads.forEach((head, column) => {
    const button = document.createElement('button');
    button.type = 'button';
    button.append(...head.childNodes);
    head.append(button);
    button.addEventListener('click', () => {
      const rising = head.getAttribute('aria-sort') !== 'ascending';
      for (const other of heads) other.removeAttribute('aria-sort');
      head.setAttribute('aria-sort', rising ? 'ascending' : 'descending');
      const value = (row) => row.cells[column].dataset.value;
      const order = (a, b) => {
        if (value(a) === '' || value(b) === '') return (value(a) === '') - (value(b) === '');
        const numbers = Number(value(a)) - Number(value(b));
        const found = Number.isNaN(numbers) ? (value(a) < value(b) ? -1 : value(a) > value(b) ? 1 : 0) : numbers;
        return rising ? found : -found;
      };
      body.append(...[...body.rows].sort(order));
    });
  });
}
`;

/** Base64 SHA-256 of {@link reportScript}: the only script the report's policy lets run. */
export const reportScriptHash = 'GEOvPlhduqIm5hD44/XlnRyiz1tl4SHbExYW0NZ1BHo=';
