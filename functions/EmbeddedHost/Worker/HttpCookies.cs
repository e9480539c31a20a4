namespace Microsoft.Azure.Functions.Worker.Http;

/// <summary>The cookies that an answer sets.</summary>
public abstract class HttpCookies
{
    /// <summary>Adds a cookie.</summary>
    public abstract void Append(string name, string value);

    /// <inheritdoc cref="Append(string, string)" />
    public abstract void Append(IHttpCookie cookie);

    /// <summary>A cookie to fill and append.</summary>
    public abstract IHttpCookie CreateNew();
}
