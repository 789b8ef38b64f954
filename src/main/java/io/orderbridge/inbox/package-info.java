/**
 * What comes in: the one door for webhooks, the stored raw messages, and the {@code inbox:}
 * endpoint that hands them to the routes. Accepted means stored.
 */
package io.orderbridge.inbox;
