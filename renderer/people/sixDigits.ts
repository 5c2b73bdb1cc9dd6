/** `123456` → `123 456`: three and three are easier to compare and to say. */
export const sixDigits = (number: string): string => number.replace(/^(\d{3})(\d{3})$/, '$1 $2')
