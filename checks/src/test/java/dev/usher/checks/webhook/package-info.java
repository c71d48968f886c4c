/** What apps are told of by webhooks, received on real sockets. */
package dev.usher.checks.webhook;
