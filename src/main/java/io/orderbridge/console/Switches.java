package io.orderbridge.console;

import jakarta.ws.rs.FormParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.NewCookie;
import jakarta.ws.rs.core.Response;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;

/** Language and colours, kept by the browser. */
@Path("/console/switch")
public class Switches {
  static final List<String> LANGUAGES = List.of("zh", "en");
  static final List<String> THEMES = List.of("auto", "light", "dark");
  // A year; whoever never comes again is not remembered for longer.
  private static final int KEPT_SECONDS = 365 * 24 * 3600;

  @POST
  @Path("/language")
  @Operation(hidden = true)
  public Response language(@FormParam("to") String to, @FormParam("back") String back) {
    return kept(Visit.LANGUAGE, LANGUAGES, to, back);
  }

  @POST
  @Path("/theme")
  @Operation(hidden = true)
  public Response theme(@FormParam("to") String to, @FormParam("back") String back) {
    return kept(Visit.THEME, THEMES, to, back);
  }

  private static Response kept(String name, List<String> allowed, String to, String back) {
    // Nowhere but to a page of ours: a foreign address could be put into the form.
    boolean ours = back != null && back.matches("/console(?:[/?][^\\\\\\s]*)?");
    Response.ResponseBuilder answer =
        Response.status(Response.Status.SEE_OTHER)
            .header(HttpHeaders.LOCATION, ours ? back : "/console");
    if (allowed.contains(to)) {
      answer.cookie(
          new NewCookie.Builder(name)
              .value(to)
              .path("/console")
              .maxAge(KEPT_SECONDS)
              .sameSite(NewCookie.SameSite.LAX)
              .httpOnly(true)
              .build());
    }
    return answer.build();
  }
}
