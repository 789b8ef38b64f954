package io.orderbridge.call;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.orderbridge.kernel.Refusal;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AddressesTest {
  @ParameterizedTest
  @CsvSource({
    "127.0.0.1, true",
    "10.1.2.3, true",
    "172.16.0.1, true",
    "172.32.0.1, false",
    "192.168.1.1, true",
    "169.254.169.254, true",
    "100.64.0.1, true",
    "100.128.0.1, false",
    "0.1.2.3, true",
    "224.0.0.1, true",
    "::1, true",
    "fe80::1, true",
    "fd00::1, true",
    "::ffff:10.0.0.1, true",
    "2001:db8::1, false",
    "203.0.113.7, false"
  })
  void our_own_networks_are_known(String address, boolean inside) throws UnknownHostException {
    assertThat(Addresses.inside(InetAddress.getByName(address))).isEqualTo(inside);
  }

  @Test
  void a_link_into_our_network_is_refused_unless_the_call_itself_stands_there() throws Exception {
    Calling.Draft outside = Calling.to("https://203.0.113.7/api");
    outside.hosts = List.of("169.254.169.254", "203.0.113.8");
    URI metadata = Addresses.allowed(outside.spec("api"), "http://169.254.169.254/latest");

    assertThatThrownBy(() -> Addresses.resolved(outside.spec("api"), metadata))
        .isInstanceOf(Refusal.class)
        .hasMessageContaining("network of our own");
    URI other = Addresses.allowed(outside.spec("api"), "https://203.0.113.8/x");
    assertThat(Addresses.resolved(outside.spec("api"), other).getHostAddress())
        .isEqualTo("203.0.113.8");
    Calling.Draft inside = Calling.to("http://10.0.0.1/api");
    inside.hosts = List.of("10.0.0.2");
    URI neighbour = Addresses.allowed(inside.spec("api"), "http://10.0.0.2/x");
    assertThat(Addresses.resolved(inside.spec("api"), neighbour).getHostAddress())
        .isEqualTo("10.0.0.2");
  }

  @Test
  void hosts_match_exactly_or_by_their_ending() {
    Calling.Draft draft = Calling.to("https://api.example.com/");
    draft.hosts = List.of("Files.Example.org", "*.example.net");
    for (String good :
        List.of(
            "https://API.example.com/x",
            "http://files.example.org/x",
            "https://a.b.example.net:443/x")) {
      assertThat(Addresses.allowed(draft.spec("api"), good)).hasToString(good);
    }
    for (String bad :
        List.of("https://example.net/", "https://a.files.example.org/", "https://a:8443/")) {
      assertThatThrownBy(() -> Addresses.allowed(draft.spec("api"), bad)).as(bad).isNotNull();
    }
  }
}
