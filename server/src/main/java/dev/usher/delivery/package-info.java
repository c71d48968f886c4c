/** The outbox and the senders behind it. Refuses to decide what is sent. */
@NullMarked
package dev.usher.delivery;

import org.jspecify.annotations.NullMarked;
