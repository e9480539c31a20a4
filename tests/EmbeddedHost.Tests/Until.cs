namespace EmbeddedHost.Tests;

/// <summary>Waits for what will be so, as long as the test may take.</summary>
internal static class Until
{
    private static readonly TimeSpan s_look = TimeSpan.FromMilliseconds(5);

    public static Task TrueAsync(Func<bool> condition) => HoldsAsync(() => Task.FromResult(condition()));

    public static async Task HoldsAsync(Func<Task<bool>> condition)
    {
        using PeriodicTimer look = new(s_look);
        while (!await condition())
        {
            await look.WaitForNextTickAsync(TestContext.Current.CancellationToken);
        }
    }
}
