/**
 * The demo: plays the partners from outside, over HTTP, and counts in their own tables whether all
 * systems know the same. Does nothing unless {@code orderbridge.sandbox} or {@code
 * orderbridge.demo} is on, which only the profile demo does.
 *
 * <p>{@link io.orderbridge.sandbox.Demo} is the play, {@link io.orderbridge.sandbox.Story} what
 * happens to one order in it. What partners say stands in {@code src/main/resources/sandbox}, the
 * systems they stand for in {@code routes/sandbox}.
 */
package io.orderbridge.sandbox;
