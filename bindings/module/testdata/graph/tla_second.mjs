import { push } from './order.mjs';
push('second begins');
await 0;
push('second ends');
