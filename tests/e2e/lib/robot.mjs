/** A member of a chat without a browser: sends what it is told to, keeps what it hears. */
import { Failure } from './registry.mjs';

/** @typedef {{ type: string, from_user_id: number, payload: any }} Heard */

export class Robot {
  /** @type {Heard[]} */ heard = [];
  /** @type {Set<() => void>} */ #listeners = new Set();
  closed = false;

  /** @param {import('ws').WebSocket} socket */
  constructor(socket) {
    this.socket = socket;
    socket.on('message', (data) => {
      this.heard.push(JSON.parse(data.toString()));
      for (const listener of this.#listeners) listener();
    });
    socket.on('close', () => { this.closed = true; });
    socket.on('error', () => {});
  }

  /** @param {string} url @param {typeof import('ws').WebSocket} Socket @returns {Promise<Robot>} */
  static join(url, Socket) {
    return new Promise((resolve, reject) => {
      const socket = new Socket(url);
      socket.once('open', () => resolve(new Robot(socket)));
      socket.once('error', reject);
    });
  }

  /** @param {string} type @param {unknown} payload */
  send(type, payload) {
    this.socket.send(JSON.stringify({ type, payload }));
  }

  /** @param {string} text anything at all */
  raw(text) {
    this.socket.send(text);
  }

  /** @param {(heard: Heard) => boolean} pleases @param {string} what @param {number} [timeout] @returns {Promise<Heard>} */
  hears(pleases, what, timeout = 15000) {
    return new Promise((resolve, reject) => {
      const step = () => {
        const found = this.heard.find(pleases);
        if (!found) return;
        clearTimeout(timer);
        this.#listeners.delete(step);
        resolve(found);
      };
      const timer = setTimeout(() => {
        this.#listeners.delete(step);
        reject(new Failure(`the robot did not hear ${what}; heard ${this.heard.map((h) => h.type).join(', ') || 'nothing'}`));
      }, timeout);
      this.#listeners.add(step);
      step();
    });
  }

  async leave() {
    if (this.closed) return;
    await new Promise((resolve) => {
      this.socket.once('close', resolve);
      this.socket.close();
    });
  }
}
