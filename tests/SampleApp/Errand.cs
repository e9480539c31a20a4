namespace SampleApp;

/// <summary>Work that whoever gave it follows, and lets go on, by files: the worker may be another process.</summary>
/// <param name="Folder">Where the files are.</param>
/// <param name="Name">What they begin with.</param>
public sealed record Errand(string Folder, string Name)
{
    private static readonly TimeSpan s_look = TimeSpan.FromMilliseconds(5);

    /// <summary>How often it was begun.</summary>
    public int Runs => Directory.GetFiles(Folder, Name + ".run.*").Length;

    /// <summary>Whether it has been told to stop.</summary>
    public bool IsTold => File.Exists(At("told"));

    /// <summary>Says that it has begun.</summary>
    public void Begin() => Mark("run." + Path.GetRandomFileName());

    /// <summary>Says that it has been told to stop.</summary>
    public void Tell() => Mark("told");

    /// <summary>Lets it go on.</summary>
    public void LetGo() => Mark("go");

    /// <summary>Waits until it may go on, or says that it has been told to stop and does.</summary>
    public async Task UntilLetGoAsync(CancellationToken cancellationToken)
    {
        using PeriodicTimer look = new(s_look);
        try
        {
            while (!File.Exists(At("go")))
            {
                await look.WaitForNextTickAsync(cancellationToken);
            }
        }
        catch (OperationCanceledException)
        {
            Tell();
            throw;
        }
    }

    /// <summary>Keeps the thread until it may go on.</summary>
    public void Block()
    {
        using ManualResetEventSlim never = new();
        while (!File.Exists(At("go")))
        {
            never.Wait(s_look);
        }
    }

    private string At(string ending) => Path.Combine(Folder, $"{Name}.{ending}");

    private void Mark(string ending) => File.WriteAllText(At(ending), string.Empty);
}
