using Berth.Server.Commands;

return await BerthCommand.RunAsync(args, Surroundings.OfProcess(), Console.Out, Console.Error);
