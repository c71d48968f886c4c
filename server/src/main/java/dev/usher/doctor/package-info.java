/**
 * Says in plain words why an application and this server do not understand each other: what is kept of handshakes and of
 * refused requests, the findings that can be made, and the page that shows them. Keeps no address of a person, no cookie and
 * no token, and changes nothing.
 */
@NullMarked
package dev.usher.doctor;

import org.jspecify.annotations.NullMarked;
