import { OrderkeelModule } from '@orderkeel/platform';
import { References } from './api/references.js';
import { CreateReferenceTables1795219000000 } from './data/migrations/create-reference-tables.migration.js';
import { CustomersController } from './keep-customers/customers.controller.js';
import { ProductsController } from './keep-products/products.controller.js';
import { SkusController } from './keep-skus/skus.controller.js';

/** Customers, products, SKUs and currencies: the names that orders use. Hears nothing and depends on no module. */
@OrderkeelModule({
  name: 'commerce-core',
  purpose: 'Keeps the names that orders use: customers, products, SKUs and currencies.',
  schema: 'core',
  optional: false,
  dependsOn: [],
  consumes: [],
  reads: [],
  publishes: [],
  vocabulary: [],
  migrations: [CreateReferenceTables1795219000000],
  executors: [],
  providers: [References],
  controllers: [CustomersController, ProductsController, SkusController],
})
export class CommerceCoreModule {}
