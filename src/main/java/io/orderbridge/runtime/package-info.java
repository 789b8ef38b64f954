/**
 * What ties the features together and to the machine: the clock, the database that the application
 * brings along, and the folders that integrators edit while it runs.
 *
 * <p>Read {@link io.orderbridge.runtime.ReloadRound} first: one round of looking at the folders.
 */
package io.orderbridge.runtime;
