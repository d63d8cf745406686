/** Version of the program, as package.json has it; every file that comes out names it. */
export const version = '0.1.0';
