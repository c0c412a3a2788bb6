export const order = [];
export function push(text) { order.push(text); }
