using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection;

namespace EmbeddedHost.Http;

/// <summary>Hands Kestrel's requests to a pipeline, each with a scope of the app's services.</summary>
internal sealed class KestrelApplication(RequestDelegate pipeline, IServiceScopeFactory scopes) : IHttpApplication<HttpContext>
{
    public HttpContext CreateContext(IFeatureCollection contextFeatures) => new DefaultHttpContext(contextFeatures) { ServiceScopeFactory = scopes };

    public Task ProcessRequestAsync(HttpContext context) => pipeline(context);

    // The scope ends with the answer, which has registered it.
    public void DisposeContext(HttpContext context, Exception? exception)
    {
    }
}
