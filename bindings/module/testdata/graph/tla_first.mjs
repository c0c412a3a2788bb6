import { push } from './order.mjs';
push('first begins');
await Promise.resolve();
push('first goes on');
await null;
push('first ends');
