package io.orderbridge.repair;

import io.quarkus.runtime.annotations.RegisterForReflection;

/**
 * A line of a list that cannot be taken.
 *
 * @param line in the file, or the number in the list; first is 1
 */
@RegisterForReflection
record BadLine(int line, String what) {}
