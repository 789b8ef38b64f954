package io.orderbridge.signing;

import static io.orderbridge.signing.Vectors.utf8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SignableRequestTest {
  private static final long SEED = 20_261_123L;
  private static final Map<String, String> PAIRS =
      Samples.ordered("b", "1 + 1=2&~*", "a", "旗舰店", "c", "");

  private final Random random = new Random(SEED);

  @Test
  void a_query_and_a_form_are_encoded_in_their_order() {
    assertThat(SignableRequest.encodedQuery(PAIRS))
        .isEqualTo("b=1%20%2B%201%3D2%26~%2A&a=%E6%97%97%E8%88%B0%E5%BA%97&c=");
    assertThat(SignableRequest.encodedForm(PAIRS))
        .asString(StandardCharsets.US_ASCII)
        .isEqualTo("b=1+%2B+1%3D2%26%7E*&a=%E6%97%97%E8%88%B0%E5%BA%97&c=");
    assertThat(SignableRequest.encodedQuery(Map.of())).isEmpty();
  }

  @Test
  void what_is_encoded_is_read_as_it_was() {
    for (int round = 0; round < 500; round++) {
      Map<String, String> pairs = new TreeMap<>();
      for (int pair = random.nextInt(6); pair >= 0; pair--) {
        pairs.put("n" + text(), text());
      }
      assertThat(FormText.decode(SignableRequest.encodedForm(pairs)))
          .as("seed %d round %d", SEED, round)
          .isEqualTo(Optional.of(pairs));
      assertThat(FormText.decode(SignableRequest.encodedQuery(pairs)))
          .isEqualTo(Optional.of(pairs));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a=%",
        "a=%4",
        "a=%4g",
        "a=%zz",
        "a=%FF",
        "a=1&a=1",
        "a=1&&b=2",
        "=1",
        "&",
        "a=中",
        "a=%C0%80",
        "a=%ED%A0%80",
        "a=%+1"
      })
  void a_form_of_two_meanings_is_unreadable(String form) {
    assertThat(FormText.decode(form)).isEmpty();
  }

  @Test
  void a_form_of_nothing_has_no_fields() {
    assertThat(FormText.decode("")).isEqualTo(Optional.of(Map.of()));
    assertThat(FormText.decode("a")).isEqualTo(Optional.of(Map.of("a", "")));
  }

  @Test
  void a_request_is_changed_by_copies() {
    SignableRequest request = Samples.body("{}").withHeader("X-a", "1").withQuery("q", "1 2");

    assertThat(request.withHeader("x-A", "2").headers()).containsExactly(Map.entry("x-A", "2"));
    assertThat(request.header("x-a")).isEqualTo("1");
    assertThat(request.header("other")).isNull();
    assertThat(request.target()).isEqualTo(Samples.URL + "?q=1%202");
    assertThat(request.withBody(utf8("x")).content()).isEqualTo(utf8("x"));
    request.body()[0] = 0;
    assertThat(request.body()).isEqualTo(utf8("{}"));
    assertThat(Samples.form(Map.of()).withForm("a", " ").content()).isEqualTo(utf8("a=+"));
  }

  @Test
  void an_address_with_a_query_or_a_form_with_a_body_is_refused() {
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                new SignableRequest("GET", "https://a/?b", Map.of(), Map.of(), null, new byte[0]));
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                new SignableRequest(
                    "POST", "https://a/", Map.of(), Map.of(), Map.of(), new byte[1]));
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                Address.of(
                    new SignableRequest("GET", "a b", Map.of(), Map.of(), null, new byte[0])))
        .withMessage("the url of the request is not scheme://host/path");
  }

  private String text() {
    return random
        .ints(random.nextInt(12), 1, Character.MIN_SURROGATE)
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }
}
