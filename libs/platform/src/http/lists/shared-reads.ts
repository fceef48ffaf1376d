interface Place {
  /** Begins when the one that runs has ended; whoever asks meanwhile gets its answer. */
  next: Promise<unknown> | null;
  running: Promise<unknown>;
}

/**
 * Reads that many ask for at the same moment, such as a board that hangs on many walls: while one runs, all who ask for the
 * same share the one behind it. A read begins after it was asked for, so everybody sees what was committed before.
 */
export class SharedReads {
  private readonly places = new Map<string, Place>();

  /** @param same what makes two reads the same: the caller's tenant and all that is asked */
  read<T>(same: readonly unknown[], work: () => Promise<T>): Promise<T> {
    const key = JSON.stringify(same);
    const place = this.places.get(key);
    if (!place) return this.begin(key, work);
    place.next ??= place.running.then(
      () => this.begin(key, work),
      () => this.begin(key, work),
    );
    return place.next as Promise<T>;
  }

  private begin<T>(key: string, work: () => Promise<T>): Promise<T> {
    const running = work();
    const place: Place = { running, next: null };
    this.places.set(key, place);
    const ended = () => void (place.next === null && this.places.delete(key));
    running.then(ended, ended);
    return running;
  }
}
