package io.orderbridge.call;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** How the access tokens stand. */
@Path("/api/tokens")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Tokens", description = "Access tokens that end.")
public class TokenResource {
  private final Tokens tokens;

  public TokenResource(Tokens tokens) {
    this.tokens = tokens;
  }

  @GET
  @Operation(
      summary = "How the access tokens stand",
      description = "State and end of each connection's token; never the token itself.")
  @APIResponse(responseCode = "200", description = "One entry per connection that has a token.")
  public List<TokenState> states() {
    return tokens.states();
  }
}
