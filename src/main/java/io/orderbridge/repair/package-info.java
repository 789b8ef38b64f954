/**
 * Forced changes: proposed, looked at before they are made, approved by a second person above a
 * limit, applied once, read back from the targets, undone where that is possible.
 */
package io.orderbridge.repair;
