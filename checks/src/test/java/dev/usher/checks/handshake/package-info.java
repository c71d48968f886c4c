/** How server-rendered pages learn who is signed in: handshake, renewal, proxies, several instances. */
package dev.usher.checks.handshake;
