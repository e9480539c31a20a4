namespace Microsoft.Azure.Functions.Worker;

/// <summary>Which key a caller must show to reach an HTTP function.</summary>
public enum AuthorizationLevel
{
    /// <summary>None.</summary>
    Anonymous = 0,

    /// <summary>As <see cref="Function"/>.</summary>
    User = 1,

    /// <summary>The function key or the master key.</summary>
    Function = 2,

    /// <summary>The system key of an extension or the master key.</summary>
    System = 3,

    /// <summary>The master key.</summary>
    Admin = 4,
}
