/** What tests of this module and of the checks need to run: a database server. Uses nothing of the rooms. */
package dev.usher.testing;
