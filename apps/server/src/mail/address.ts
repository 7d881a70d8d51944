/**
 * RFC 5321 §4.5.3.1.3, and no more letters than an address in use ever has. An encoded word (RFC 2047) is none: some mail
 * servers read it, and send to whom it hides.
 */
const ADDRESS =
  /^(?=.{3,254}$)(?!.*(?:=\?|\uFFFD))[^\s@<>",;:\\()[\]\p{C}]{1,64}@[^\s@<>",;:\\()[\]\p{C}]+\.[^\s@<>",;:\\()[\]\p{C}.]{2,}$/u;

/** Also as it would read with its letters made plain (`＠` is `@`): that is what a mail server may make of it. */
export const isAddress = (text: string): boolean => ADDRESS.test(text) && ADDRESS.test(text.normalize('NFKC'));
