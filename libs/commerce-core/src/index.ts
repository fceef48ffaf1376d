export { CommerceCoreModule } from './commerce-core.module.js';
