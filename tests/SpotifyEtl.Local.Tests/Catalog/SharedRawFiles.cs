namespace SpotifyEtl.Local.Tests.Catalog;

/// <summary>Real raw files, which lie beside the project on some machines and are no part of it.</summary>
internal static class SharedRawFiles
{
    /// <summary>Where they are; null: not here.</summary>
    public static string? Folder
    {
        get
        {
            for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            {
                var raw = Path.Combine(folder.FullName, "shared", "data", "raw");
                if (Directory.Exists(raw))
                {
                    return raw;
                }
            }

            return null;
        }
    }
}
