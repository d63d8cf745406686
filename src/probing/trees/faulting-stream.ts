/**
 * A stream that gives the same pieces as another, and whose errors are put into words.
 *
 * @param open opens the stream; called when reading begins
 * @param toFault makes the error that readers see
 */
export function faultingStream(
  open: () => ReadableStream<Uint8Array>,
  toFault: (error: unknown) => Error,
): ReadableStream<Uint8Array> {
  let reader: ReadableStreamDefaultReader<Uint8Array> | undefined;
  return new ReadableStream<Uint8Array>({
    async pull(controller) {
      try {
        reader ??= open().getReader();
        const { done, value } = await reader.read();
        if (done) controller.close();
        else controller.enqueue(value);
      } catch (error) {
        controller.error(toFault(error));
      }
    },
    async cancel(reason) {
      await reader?.cancel(reason);
    },
  });
}
