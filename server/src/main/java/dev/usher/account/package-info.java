/** What signed-in people do about the ways in which they prove who they are. Refuses sign-in and reverification. */
@NullMarked
package dev.usher.account;

import org.jspecify.annotations.NullMarked;
