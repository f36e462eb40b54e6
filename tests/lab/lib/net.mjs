/**
 * The network of one run:
 *
 *   alice – NAT – link ─┐                          203.0.113.10  pages and signalling
 *                       ├─ bridge "the internet" ─ 203.0.113.20  a TURN and STUN server
 *     bob – NAT – link ─┘                          203.0.113.21  another one
 *
 * The bridge lies in the namespace of this program, everything else in namespaces of its own, each kept alive by one
 * sleeping process. A link is odnix-lab-link between two interfaces. Addresses: documentation (RFC 5737) and private.
 */
import { execFile, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { promisify } from 'node:util';
import { LINK } from './inside.mjs';

const execute = promisify(execFile);
export const SERVER = '203.0.113.10';
export const RELAYS = /** @type {const} */ (['203.0.113.20', '203.0.113.21']);
/** Nobody is there, and nobody says so. */
export const NOWHERE = '203.0.113.66';

/** @typedef {'alice' | 'bob'} Side @typedef {'preserving' | 'symmetric'} Nat */

/** Addresses that appear by themselves after seconds would look like a change of network. */
const QUIET = 'echo 1 > /proc/sys/net/ipv6/conf/all/disable_ipv6 || true; echo 1 > /proc/sys/net/ipv6/conf/default/disable_ipv6 || true';

let plugs = 0;
const SIDES = /** @type {const} */ ([['alice', 1], ['bob', 2]]);

/** A cable that can be bad, and the program that is it. */
class Link {
  /** @type {((line: string) => void)[]} */ #waiting = [];

  /** @param {import('node:child_process').ChildProcess} child */
  constructor(child) {
    this.child = child;
    createInterface({ input: /** @type {import('node:stream').Readable} */ (child.stdout) })
      .on('line', (line) => this.#waiting.shift()?.(line));
  }

  /** @returns {Promise<string>} */
  answer() {
    return new Promise((resolve, reject) => {
      this.#waiting.push(resolve);
      this.child.once('exit', (code) => reject(new Error(`odnix-lab-link ended with ${code}`)));
    });
  }

  /** @param {string} line */
  async say(line) {
    const answer = this.answer();
    this.child.stdin?.write(`${line}\n`);
    const text = await answer;
    if (text.startsWith('not understood')) throw new Error(text);
    return text;
  }
}

export class Net {
  /** @type {Record<string, number>} a process in each namespace, by its name */ #holders = {};
  /** @type {import('node:child_process').ChildProcess[]} */ #children = [];
  /** @type {Partial<Record<Side, Link>>} */ #links = {};

  /** @param {{ nat?: Nat, seed?: number }} [options] @returns {Promise<Net>} */
  static async up({ nat = 'preserving', seed = 1 } = {}) {
    const net = new Net();
    await net.#bridge();
    for (const [side, number] of SIDES) await net.#attach(side, number, nat, seed);
    return net;
  }

  /** The command line that runs something in a namespace. @param {string} name @param {string[]} command */
  within(name, command) {
    return ['nsenter', `--net=/proc/${this.#holders[name]}/ns/net`, '--', ...command];
  }

  /** @param {string} name @param {string} script */
  async #shell(name, script) {
    const [program, ...args] = name === '' ? ['sh', '-ec', script] : this.within(name, ['sh', '-ec', script]);
    await execute(program, args).catch((error) => { throw new Error(`${name || 'bridge'}: ${error.stderr || error.message}`); });
  }

  /** Runs a program in a namespace for as long as the network is there; resolves when it has said something. @param {string} name @param {string[]} command */
  async serve(name, command) {
    const child = this.#spawn(this.within(name, command), ['ignore', 'pipe', 'inherit']);
    await new Promise((resolve, reject) => {
      child.stdout?.once('data', resolve);
      child.once('exit', (code) => reject(new Error(`${command.join(' ')} ended with ${code}`)));
    });
  }

  /** @param {string[]} command @param {import('node:child_process').StdioOptions} stdio */
  #spawn(command, stdio) {
    const child = spawn(command[0], command.slice(1), { stdio });
    this.#children.push(child);
    return child;
  }

  /** What goes to addresses that nobody has vanishes: a relay that is told "unreachable" gives its client up. */
  async #bridge() {
    const addresses = [SERVER, ...RELAYS].map((address) => `ip addr add ${address}/24 dev internet`).join('\n');
    await this.#shell('', `ip link show internet >/dev/null 2>&1 && exit 0
      ${QUIET}
      ip link set lo up
      ip link add internet type bridge
      ${addresses}
      ip link set dev internet up
      ip link add nowhere type veth peer name nowhere-end
      ip link set dev nowhere arp off up; ip link set dev nowhere-end arp off up
      ip route add default dev nowhere`);
  }

  /** @param {string} name */
  async #namespace(name) {
    const child = this.#spawn(['unshare', '--net', 'sh', '-c', `${QUIET}; ip link set lo up; echo up; exec sleep infinity`], ['ignore', 'pipe', 'inherit']);
    await new Promise((resolve, reject) => {
      child.stdout?.once('data', resolve);
      child.once('exit', () => reject(new Error(`no namespace for ${name}`)));
    });
    this.#holders[name] = /** @type {number} */ (child.pid);
  }

  /** @param {Side} side @param {number} number @param {Nat} nat @param {number} seed */
  async #attach(side, number, nat, seed) {
    const names = [side, `${side}-nat`, `${side}-link`];
    for (const name of names) await this.#namespace(name);
    const [home, router, cable] = names.map((name) => this.#holders[name]);
    const plug = `${side}-${(plugs += 1)}`; // the one before may live on for a moment
    // One segment per packet: what one frame carries is lost and delayed as one frame.
    const pair = (/** @type {string} */ a, /** @type {number | string} */ at, /** @type {string} */ b, /** @type {number} */ bt) =>
      `ip link add ${a} ${at} gso_max_segs 1 type veth peer name ${b} netns ${bt} gso_max_segs 1`;
    await this.#shell('', `
      ${pair(plug, '', 'far', cable)}
      ip link set dev ${plug} master internet up
      ${pair('near', `netns ${cable}`, 'wan', router)}
      ${pair('lan', `netns ${router}`, 'eth0', home)}`);
    await this.#shell(`${side}-link`, 'ip link set dev far up; ip link set dev near up');
    await this.#shell(`${side}-nat`, `
      ip addr add 203.0.113.${100 + number}/24 dev wan; ip link set dev wan up
      ip addr add 10.${number}.0.1/24 dev lan; ip link set dev lan up
      echo 1 > /proc/sys/net/ipv4/ip_forward
      iptables -t nat -A POSTROUTING -o wan -j MASQUERADE ${nat === 'symmetric' ? '--random-fully' : ''}
      iptables -A FORWARD -i wan -m conntrack --ctstate ESTABLISHED,RELATED -j ACCEPT
      iptables -A FORWARD -i wan -j DROP
      iptables -A INPUT -i wan -m conntrack --ctstate ESTABLISHED,RELATED -j ACCEPT
      iptables -A INPUT -i wan -j DROP
      iptables -A FORWARD -d ${NOWHERE} -j DROP`);
    await this.#shell(side, `
      ip addr add 10.${number}.0.2/24 dev eth0; ip link set dev eth0 up; ip route add default via 10.${number}.0.1`);
    const child = this.#spawn(this.within(`${side}-link`, [LINK, 'near', 'far', String(seed * 100 + number)]), ['pipe', 'pipe', 'inherit']);
    const link = new Link(child);
    await link.answer();
    this.#links[side] = link;
  }

  /**
   * From now on this person's network is like this: words of weather.hpp; 'up' and 'down' are from and to the person.
   * @param {Side} side @param {string} words @param {'both' | 'up' | 'down'} [way]
   */
  async weather(side, words, way = 'both') {
    const answer = await this.#links[side]?.say(`${{ both: 'both', up: 'ab', down: 'ba' }[way]} ${words}`);
    return answer;
  }

  /** The same for both. @param {string} words */
  async weatherForAll(words) {
    for (const [side] of SIDES) await this.weather(side, words);
  }

  /** A round trip of so much between the two, and of half of it between each and the servers. @param {number} ms @param {string} [more] */
  roundTrip(ms, more = '') {
    return this.weatherForAll(`delay=${ms / 4} ${more}`);
  }

  /** The person's router lets this through no more. @param {Side} side @param {string} match words of iptables */
  block(side, match) {
    return this.#shell(`${side}-nat`, `iptables -I FORWARD ${match} -j DROP`);
  }

  /** Another network: the old address is gone at once, the new one has the same way out. @param {Side} side */
  async changeAddress(side) {
    const number = SIDES.find(([name]) => name === side)?.[1];
    await this.#shell(side, `
      ip addr del 10.${number}.0.2/24 dev eth0
      ip addr add 10.${number}.0.77/24 dev eth0
      ip route add default via 10.${number}.0.1`);
  }

  /** @param {Side} side what passed the link so far */
  async counts(side) {
    return this.#links[side]?.say('counts');
  }

  down() {
    for (const child of this.#children) child.kill('SIGKILL');
  }
}
