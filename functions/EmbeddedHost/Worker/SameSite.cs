namespace Microsoft.Azure.Functions.Worker.Http;

/// <summary>Whether a browser sends a cookie with requests from other sites.</summary>
public enum SameSite
{
    /// <summary>Not said.</summary>
    None = 0,

    /// <summary>When the user follows a link.</summary>
    Lax = 1,

    /// <summary>Never.</summary>
    Strict = 2,

    /// <summary>Always.</summary>
    ExplicitNone = 3,
}
