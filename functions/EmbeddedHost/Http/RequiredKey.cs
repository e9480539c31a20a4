namespace EmbeddedHost.Http;

/// <summary>Metadata of a route: the key that it needs.</summary>
/// <param name="Level">Which keys open it.</param>
public sealed record RequiredKey(AuthLevel Level);
