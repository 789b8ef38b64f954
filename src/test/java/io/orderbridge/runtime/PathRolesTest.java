package io.orderbridge.runtime;

import static io.orderbridge.kernel.Role.ADMIN;
import static io.orderbridge.kernel.Role.FINANCE;
import static io.orderbridge.kernel.Role.MANAGER;
import static io.orderbridge.kernel.Role.OPS;
import static io.orderbridge.kernel.Role.OWNER;
import static io.orderbridge.kernel.Role.SRE;
import static org.assertj.core.api.Assertions.assertThat;

import io.orderbridge.kernel.Role;
import jakarta.ws.rs.core.MultivaluedHashMap;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.PathSegment;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Who may ask which tree of the API. */
@Tag("R60")
@Tag("R68")
class PathRolesTest {
  private record Part(String getPath) implements PathSegment {
    @Override
    public MultivaluedMap<String, String> getMatrixParameters() {
      return new MultivaluedHashMap<>();
    }
  }

  private static Optional<Set<Role>> roles(String path) {
    List<PathSegment> parts = Arrays.stream(path.split("/")).<PathSegment>map(Part::new).toList();
    return PathRoles.of(parts);
  }

  @Test
  void every_role_sees_the_board_and_nobody_without_one() {
    assertThat(roles("/api/dashboard/order-flow")).contains(Set.of(Role.values()));
    assertThat(roles("/api/dashboard/stream")).contains(Set.of(Role.values()));
    assertThat(roles("/api/dashboard/orders")).contains(Set.of(Role.values()));
  }

  @Test
  void order_health_tells_amounts_and_is_for_who_decides_by_it() {
    assertThat(roles("/api/health/metrics"))
        .contains(Set.of(OPS, FINANCE, SRE, MANAGER, OWNER, ADMIN));
    assertThat(roles("/api/health/scores/2026-11")).isEqualTo(roles("/api/health/metrics"));
  }

  @Test
  void what_is_added_below_is_closed_as_well() {
    assertThat(roles("/api/health")).isPresent();
    assertThat(roles("/api/health/not/there/yet")).isPresent();
    assertThat(roles("/api/dashboard/not-there-yet")).isPresent();
    assertThat(roles("//api//health//metrics")).isEqualTo(roles("/api/health/metrics"));
  }

  @Test
  void others_are_not_touched() {
    assertThat(roles("/api/orders/health/1")).isEmpty();
    assertThat(roles("/q/health/ready")).isEmpty();
    assertThat(roles("/api")).isEmpty();
  }
}
