namespace SpotifyEtl.Local.Doctor;

/// <summary>Looks at folders of this machine and leaves them as they are.</summary>
internal static class FolderProbe
{
    private const long LittleBytes = 1_000_000_000;
    private const long TooLittleBytes = 100_000_000;

    /// <summary>Why a folder cannot be written, or made where it is not there; null: it can.</summary>
    public static string? Refusal(string path)
    {
        var existing = Existing(path);
        if (File.Exists(existing))
        {
            return $"{existing} is a file.";
        }

        try
        {
            using var probe = new FileStream(
                Path.Combine(existing, $".spotify-etl-doctor-{Guid.NewGuid():N}"),
                new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, Options = FileOptions.DeleteOnClose });
            return null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return exception.Message;
        }
    }

    /// <summary>How much room there is on the disk of a folder.</summary>
    public static Finding Disk(string path)
    {
        var existing = Existing(path);
        try
        {
            var free = new DriveInfo(existing).AvailableFreeSpace;
            var message = $"{free / 1e9:0.0} GB are free for {Path.GetFullPath(path)}.";
            return free switch
            {
                < TooLittleBytes => Finding.Failed("disk", message, "Make room, or use another disk."),
                < LittleBytes => Finding.Warning("disk", message, "Make room before it runs out."),
                _ => Finding.Ok("disk", message),
            };
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return Finding.Warning("disk", $"How much room there is for {Path.GetFullPath(path)} is not known: {exception.Message}", "See for yourself.");
        }
    }

    private static string Existing(string path)
    {
        var existing = Path.GetFullPath(path);
        while (!Path.Exists(existing) && Path.GetDirectoryName(existing) is { } parent)
        {
            existing = parent;
        }

        return existing;
    }
}
