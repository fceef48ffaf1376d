export { OrderModule } from './order.module.js';
