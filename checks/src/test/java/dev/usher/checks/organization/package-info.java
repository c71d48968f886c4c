/** Organizations: who may do what in them, what becomes of sessions when they change, invitations from mail to membership. */
package dev.usher.checks.organization;
