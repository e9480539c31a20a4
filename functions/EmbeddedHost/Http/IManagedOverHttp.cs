namespace EmbeddedHost.Http;

/// <summary>A client that can say where its instances are managed over HTTP.</summary>
internal interface IManagedOverHttp
{
    /// <summary>Set once the host listens.</summary>
    ManagementLinks? Links { get; set; }
}
