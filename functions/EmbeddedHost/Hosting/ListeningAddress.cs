namespace EmbeddedHost.Hosting;

/// <summary>The address that the host listens on, for who needs to tell it. A singleton among the host's services.</summary>
public sealed class ListeningAddress
{
    /// <summary>Such as <c>http://127.0.0.1:7071</c>; null as long as the host does not listen.</summary>
    public Uri? Url { get; internal set; }
}
