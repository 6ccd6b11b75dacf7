/** What we use of it. What a message carries is the contract's; whoever hears it says so. */

interface Socket {
  readonly connected: boolean;
  readonly active: boolean;
  connect(): this;
  on<Told extends unknown[]>(message: string, hear: (...told: Told) => void): this;
  emit(message: string, ...said: unknown[]): this;
  timeout(ms: number): {
    emit(message: string, ...said: unknown[]): void;
    emitWithAck(message: string, ...said: unknown[]): Promise<unknown>;
  };
}

interface Options {
  transports?: ("websocket" | "polling")[];
  tryAllTransports?: boolean;
  reconnectionDelay?: number;
  reconnectionDelayMax?: number;
  randomizationFactor?: number;
}

export function io(options: Options): Socket;
export function io(namespace: string, options: Options): Socket;
