import { Installation, type InstallationWish, type StartWish } from '../installation/installation.js';
import { receiveStock } from '../installation/stock.js';
import { Generator } from '../load/generator.js';
import { warmUp } from './warm-up.js';

/** Works on an installation that is stocked and warm, with a load generator; both are gone afterwards. */
export async function onInstallation<T>(
  wish: InstallationWish,
  work: (installation: Installation, generator: Generator) => Promise<T>,
  how?: StartWish,
): Promise<T> {
  const installation = await Installation.open(wish, how);
  const generator = new Generator();
  try {
    if (wish.profile === 'order+inventory') await receiveStock(installation.url);
    await warmUp(installation, generator);
    return await work(installation, generator);
  } catch (error) {
    const casualty = await installation.casualty();
    if (casualty === null) throw error;
    throw new Error(`${(error as Error).message}: ${casualty}`, { cause: error });
  } finally {
    generator.close();
    await installation.close();
  }
}
