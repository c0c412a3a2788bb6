export const x = 1, only = 'one';
export default 'not passed on';
