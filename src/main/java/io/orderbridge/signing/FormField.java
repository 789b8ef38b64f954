package io.orderbridge.signing;

/** A field of the form that a scheme signs or writes into. */
final class FormField {
  private FormField() {}

  /**
   * @throws IllegalArgumentException when the request has no such field
   */
  static String of(SignableRequest request, String name) {
    String value = request.form() == null ? null : request.form().get(name);
    if (value == null || value.isEmpty()) {
      throw new IllegalArgumentException(
          "the request has no form field '%s', which the scheme signs; have the mapping make it"
              .formatted(name));
    }
    return value;
  }
}
