/**
 * A short text for anything that can be thrown: "NotAllowedError: Permission denied".
 * @param {unknown} error
 * @returns {string}
 */
export const errorText = (error) => {
  if (error && typeof error === 'object' && 'name' in error)
    return `${error.name}: ${'message' in error ? error.message : ''}`.slice(0, 300);
  return String(error).slice(0, 300);
};

/** For promises whose failure means nothing. */
export const ignore = () => {};
