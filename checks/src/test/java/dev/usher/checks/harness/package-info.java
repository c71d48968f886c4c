/**
 * What every suite stands on: a packaged server as a process, a wire client, and the witness that judges each answer by the
 * published documents. Knows the server's sockets and its command line, and none of its classes.
 */
package dev.usher.checks.harness;
