package io.orderbridge.mapping;

import java.util.List;

/** What a mapping gave to a function; an argument that was left out or is undefined is null. */
record Arguments(List<?> values) {
  Object at(int index) {
    return index < values.size() ? values.get(index) : null;
  }
}
