namespace EmbeddedHost.Http;

/// <summary>Which keys open a route: Azure Functions' authorization levels.</summary>
public enum AuthLevel
{
    /// <summary>None is needed.</summary>
    Anonymous,

    /// <summary>The function key or the master key.</summary>
    Function,

    /// <summary>The management API's key or the master key.</summary>
    System,

    /// <summary>The master key alone.</summary>
    Admin,
}
