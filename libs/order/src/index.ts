export { OrderModule } from './order.module.js';
export { SOURCE_POLICIES, sourcePolicies } from './ingest-intent/source-policies.js';
