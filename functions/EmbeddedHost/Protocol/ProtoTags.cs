using Google.Protobuf.Collections;

namespace EmbeddedHost.Protocol;

internal static class ProtoTags
{
    public static void AddAll(this MapField<string, string> target, IDictionary<string, string>? tags)
    {
        if (tags is null)
        {
            return;
        }

        foreach ((string key, string value) in tags)
        {
            // A tag of another store may have no value, which protobuf cannot say.
            target[key] = value ?? "";
        }
    }

    /// <summary>No tags are null, as everywhere in Core.</summary>
    public static Dictionary<string, string>? ToCore(this MapField<string, string> tags) =>
        tags.Count == 0 ? null : new Dictionary<string, string>(tags, StringComparer.Ordinal);
}
