package io.orderbridge.call;

import io.orderbridge.kernel.Cause;
import io.orderbridge.kernel.Refusal;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * Which addresses may be called. What a partner tells us to fetch is an outsider's word: it must
 * not lead into the network that we stand in, nor carry our secrets to somebody else.
 */
final class Addresses {
  private static final int CARRIER_FIRST = 100;
  private static final int CARRIER_MASK = 0xC0;
  private static final int CARRIER_SECOND = 64;
  private static final int UNIQUE_LOCAL_MASK = 0xFE;
  private static final int UNIQUE_LOCAL = 0xFC;
  private static final List<Integer> USUAL_PORTS = List.of(-1, 80, 443);

  private Addresses() {}

  /**
   * @throws Refusal ADDRESS_REFUSED when the call may not go there; the message names the host
   */
  static URI allowed(CallSpec spec, String url) {
    URI told;
    try {
      told = new URI(url);
    } catch (URISyntaxException e) {
      throw refused("is no valid address");
    }
    String scheme = told.getScheme() == null ? "" : told.getScheme().toLowerCase(Locale.ROOT);
    if (!spec.speaksHttp() || !scheme.equals("http") && !scheme.equals("https")) {
      throw refused("is no http or https address");
    }
    if (told.getHost() == null || told.getRawUserInfo() != null || told.getRawFragment() != null) {
      throw refused("names no host, or a user, or a fragment");
    }
    boolean own = sameHost(told, spec.uri());
    if (!own && spec.hosts().stream().noneMatch(pattern -> fits(pattern, told.getHost()))) {
      throw refused(
          "names the host %s; allowed are the call's own and those in 'hosts' of %s"
              .formatted(told.getHost(), spec.id()));
    }
    if (!USUAL_PORTS.contains(told.getPort()) && told.getPort() != spec.uri().getPort()) {
      throw refused("names the port %d".formatted(told.getPort()));
    }
    return told;
  }

  static boolean sameHost(URI one, URI other) {
    return one.getHost().equalsIgnoreCase(other.getHost());
  }

  private static boolean fits(String pattern, String host) {
    String name = host.toLowerCase(Locale.ROOT);
    String allowed = pattern.toLowerCase(Locale.ROOT);
    return allowed.startsWith("*.") ? name.endsWith(allowed.substring(1)) : name.equals(allowed);
  }

  /**
   * The address to connect to, looked up once so that nobody can change it between the look and the
   * call.
   *
   * @throws UnknownHostException when the name has no address
   * @throws Refusal ADDRESS_REFUSED when it leads into a network of our own, where the call's own
   *     url does not
   */
  static InetAddress resolved(CallSpec spec, URI told) throws UnknownHostException {
    InetAddress[] addresses = InetAddress.getAllByName(told.getHost());
    if (Arrays.stream(addresses).anyMatch(Addresses::inside)
        && Arrays.stream(InetAddress.getAllByName(spec.uri().getHost()))
            .noneMatch(Addresses::inside)) {
      throw refused("leads into a network of our own: " + told.getHost());
    }
    return addresses[0];
  }

  static boolean inside(InetAddress address) {
    byte[] bytes = address.getAddress();
    int first = bytes[0] & 0xff;
    boolean uniqueLocal =
        address instanceof Inet6Address && (first & UNIQUE_LOCAL_MASK) == UNIQUE_LOCAL;
    boolean carrier =
        bytes.length == 4 && first == CARRIER_FIRST && (bytes[1] & CARRIER_MASK) == CARRIER_SECOND;
    return address.isLoopbackAddress()
        || address.isAnyLocalAddress()
        || address.isLinkLocalAddress()
        || address.isSiteLocalAddress()
        || address.isMulticastAddress()
        || bytes.length == 4 && first == 0
        || uniqueLocal
        || carrier;
  }

  private static Refusal refused(String what) {
    return new Refusal(Cause.ADDRESS_REFUSED, "/url", "the address of the request " + what);
  }
}
