/**
 * Whether a press comes from a person: a real event of the browser, or one that a script makes right after a real one.
 * Scripts that press Accept while nobody touches the page are not answered (docs/security.md).
 * @param {Event} event
 */
export const byPerson = ({ isTrusted }) => isTrusted || navigator.userActivation?.isActive === true;
