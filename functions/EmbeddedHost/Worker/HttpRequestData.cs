using System.Collections.Specialized;
using System.Security.Claims;

namespace Microsoft.Azure.Functions.Worker.Http;

/// <summary>An HTTP request, for a function that does not use ASP.NET Core's types.</summary>
public abstract class HttpRequestData(FunctionContext functionContext)
{
    private NameValueCollection? _query;

    /// <summary>The body, once.</summary>
    public abstract Stream Body { get; }

    /// <summary>The cookies.</summary>
    public abstract IReadOnlyCollection<IHttpCookie> Cookies { get; }

    /// <summary>The call that the request is part of.</summary>
    public FunctionContext FunctionContext { get; } = functionContext;

    /// <summary>The headers.</summary>
    public abstract HttpHeadersCollection Headers { get; }

    /// <summary>Who sent it, as far as that is known.</summary>
    public abstract IEnumerable<ClaimsIdentity> Identities { get; }

    /// <summary>The method, in capitals.</summary>
    public abstract string Method { get; }

    /// <summary>The query's values by name.</summary>
    public virtual NameValueCollection Query => _query ??= System.Web.HttpUtility.ParseQueryString(Url.Query);

    /// <summary>The address that was asked for, query included.</summary>
    public abstract Uri Url { get; }

    /// <summary>An empty answer, with status 200.</summary>
    public abstract HttpResponseData CreateResponse();
}
